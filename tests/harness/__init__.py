"""What every test meets: a closed network, strict templates, checked pages. A whole class of bugs fails here by itself."""
