"""Pages of the documents. A trainer sees those of the sessions they lead."""
