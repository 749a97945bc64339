"""Who lives in each commune: ages, households without a car, incomes, as Insee publishes them."""
