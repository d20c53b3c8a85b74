"""What is written, scored by a manager on a rubric."""
