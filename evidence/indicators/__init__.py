"""The page of one indicator: its status, the sessions it is counted over by who leads them, and what one does about them."""
