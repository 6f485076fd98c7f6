handbook.part("take transparent")
