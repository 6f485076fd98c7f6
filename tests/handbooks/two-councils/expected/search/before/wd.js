handbook.part("days")
