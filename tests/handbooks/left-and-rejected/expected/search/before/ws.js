handbook.part("speaks")
