"""What marks and replies say of a quiz and its questions."""
