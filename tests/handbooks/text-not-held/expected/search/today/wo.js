handbook.part("office open openness")
