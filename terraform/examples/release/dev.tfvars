# One instance, no scaling.
account = "111111111111"
region  = "eu-central-1"
