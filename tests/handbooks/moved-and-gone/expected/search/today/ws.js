part("should speaks")
