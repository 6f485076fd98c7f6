handbook.part("officer openness")
