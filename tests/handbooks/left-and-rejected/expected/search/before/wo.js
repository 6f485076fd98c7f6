part("openness")
