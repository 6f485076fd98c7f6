part("section should soon speaks")
