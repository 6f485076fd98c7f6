handbookIndex("wo","office officer officers open openness");
