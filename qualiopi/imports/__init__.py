"""The way of a file into the product: sent, its columns understood, checked, confirmed, undone."""
