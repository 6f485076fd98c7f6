handbook.part("visits")
