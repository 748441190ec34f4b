"""What customers say: surveys, interviews, posts, conversations, and an extract full of mistakes."""
