handbook.part([[],[]])
