"""Room: quizzes, question types, attempts, grading."""
