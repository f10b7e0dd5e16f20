"""What can be sold: products with their variants and barcodes, categories, taxes, dated prices.

Owns: products, families of variants, barcodes and the rules of scale barcodes, categories, taxes and tax groups, price and cost
events, pictures, the importer of products. Refuses: to know how many are on the shelf or who bought them.
"""
