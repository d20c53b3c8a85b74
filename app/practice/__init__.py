"""What is brought back and rehearsed: spaced review of questions."""
