handbook.part([["Footnote 1","Information","text adopted 16 May 2024","../authorities/ashby/clauses/footnote-1/",[["","","Ask the Monitoring Officer in cases of doubt."]],[],0,"Information"]])
