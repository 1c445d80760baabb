"""Sessions on one side, what each must show on the other: who leads them, what lacks, and whom to write to."""
