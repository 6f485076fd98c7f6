handbook.part("should speaks")
