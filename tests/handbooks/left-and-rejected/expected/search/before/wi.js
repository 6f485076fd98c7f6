part("interview")
