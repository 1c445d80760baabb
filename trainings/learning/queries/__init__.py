"""Reading what was asked, learnt and passed."""
