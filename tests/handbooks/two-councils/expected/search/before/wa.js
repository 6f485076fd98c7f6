handbook.part("answered answers asked")
