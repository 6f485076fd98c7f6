part("officer openness")
