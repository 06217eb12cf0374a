# The recipe of the sycophancy experiments; README.md says what was tried.
include pipelines/recipes/recipe.mk
