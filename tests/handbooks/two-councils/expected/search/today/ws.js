handbook.part("section should soon speaks")
