handbook.part("openness")
