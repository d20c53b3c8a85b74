"""What in the library needs an author's hand, each with the link that mends it."""
