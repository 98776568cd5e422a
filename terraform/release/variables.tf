variable "ml_deploy" {
  description = "What ml-deploy.auto.tfvars.json says: the version that serves, and those that are kept. A version's key is made from its content, so that another model is another key."
  type = object({
    endpoint = string
    serving  = string
    versions = map(object({
      image                  = string
      model_data_url         = optional(string)
      model_data_is_files    = optional(bool, false)
      execution_role_arn     = string
      variant_name           = string
      instance_type          = optional(string)
      instance_count         = optional(number)
      serverless_memory_mb   = optional(number)
      serverless_concurrency = optional(number)
      startup_timeout        = optional(number)
      download_timeout       = optional(number)
      network_isolation      = optional(bool, false)
      subnets                = optional(list(string), [])
      security_groups        = optional(list(string), [])
      kms_key_arn            = optional(string)
      release                = optional(string)
    }))
  })

  validation {
    condition     = contains(keys(var.ml_deploy.versions), var.ml_deploy.serving)
    error_message = "ml_deploy: the version that is to serve is not among the versions."
  }
}

variable "environment" {
  description = "The container's variables of the version that is new. Older versions keep theirs."
  type        = map(string)
  default     = {}
  sensitive   = true
}

variable "autoscaling" {
  description = "Scales the endpoint by the invocations a minute of each instance."
  type = object({
    min_capacity             = number
    max_capacity             = number
    invocations_per_instance = number
    scale_in_cooldown        = optional(number, 300)
    scale_out_cooldown       = optional(number, 60)
  })
  default = null
}

variable "tags" {
  description = "Tags of everything that is made here."
  type        = map(string)
  default     = {}
}
