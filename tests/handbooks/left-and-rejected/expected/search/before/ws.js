part("speaks")
