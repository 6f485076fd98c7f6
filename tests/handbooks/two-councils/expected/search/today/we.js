handbookIndex("we","elected");
