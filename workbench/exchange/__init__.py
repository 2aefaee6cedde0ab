"""Files of other tools: what comes in, and what goes out."""
