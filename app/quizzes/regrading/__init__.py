"""Old attempts graded again by a corrected quiz, shown before it is done."""
