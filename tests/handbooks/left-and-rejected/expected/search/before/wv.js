part("visits")
