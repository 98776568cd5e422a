variable "location" {
  description = "The Azure region."
  type        = string
}

variable "tenant_id" {
  description = "The tenant's id."
  type        = string
}

variable "subscription_id" {
  description = "The subscription's id."
  type        = string
}

variable "environment" {
  description = "The environment of ml-deploy.yml, such as dev or prod."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{0,7}$", var.environment))
    error_message = "environment: use lower-case letters and digits, 8 at most: names of storage accounts are short."
  }
}

variable "endpoint_name" {
  description = "The online endpoint that models are released to."
  type        = string
}

variable "short_name" {
  description = "The beginning of names that have to be unique in Azure, such as acmechurn: lower-case letters and digits."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9]{2,11}$", var.short_name))
    error_message = "short_name: use 3 to 12 lower-case letters and digits."
  }
}

variable "repository" {
  description = "The GitHub repository whose jobs may release, as owner/name."
  type        = string

  validation {
    condition     = can(regex("^[A-Za-z0-9-]+/[A-Za-z0-9._-]+$", var.repository))
    error_message = "repository: give it as owner/name."
  }
}

variable "repository_ids" {
  description = "The numbers of owner and repository, which the tokens of newer repositories have in their sub."
  type        = object({ owner = number, name = number })
  default     = null
}

variable "branches" {
  description = "The branches whose jobs may release."
  type        = list(string)

  validation {
    condition     = length(var.branches) > 0
    error_message = "branches: name one. Nobody could release otherwise."
  }
}

variable "log_retention_days" {
  description = "How long logs are kept."
  type        = number
  default     = 365
}

variable "alarm_emails" {
  description = "Who is told when an alarm goes off."
  type        = list(string)
  default     = []
}

variable "max_p99_ms" {
  description = "The slowest that 99 of 100 requests may be, in milliseconds."
  type        = number
  default     = 1000
}

variable "public_network_access" {
  description = "Whether store, registry, vault and workspace are reached from the internet: runners of GitHub are there. false for self-hosted runners in your network."
  type        = bool
  default     = true
}

variable "tags" {
  description = "Tags of everything."
  type        = map(string)
  default     = {}
}
