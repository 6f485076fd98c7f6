part("office open openness")
