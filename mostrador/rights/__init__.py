"""What a buyer may ask for after the sale: rules of a country as dated data, what the shop adds of its own, and both computed per sold line.

Owns: the rule packs (`packs/`, one file of data for each country), the shop's own terms, and the days that goods were away to be repaired. Refuses: to say
a rule that nobody has checked lately, to store what can be computed, and to let a courtesy look like law.
"""
