# Hints that name an option's text, read as the likeliest of the texts: M0 is the model as it is.
TUNE_STEPS ?= 0
include $(PIPELINES)/recipes/recipe.mk
