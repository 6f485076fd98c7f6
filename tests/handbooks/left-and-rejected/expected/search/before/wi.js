handbook.part("interview")
