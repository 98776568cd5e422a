output "ml_deploy_yml" {
  description = "The environment's block of ml-deploy.yml: terraform output -raw ml_deploy_yml"
  value = yamlencode({
    environments = {
      (var.environment) = merge(
        {
          target          = "azure-ml"
          endpoint-name   = var.endpoint_name
          azure-client-id = azurerm_user_assigned_identity.job["release"].client_id
          azure-tenant-id = var.tenant_id
          destination     = "${azurerm_storage_account.store.primary_blob_endpoint}${azurerm_storage_container.store.name}/${var.endpoint_name}"
          compression     = "none"
          registry        = azurerm_container_registry.serving.login_server
          repository      = var.endpoint_name
          azure-ml = {
            subscription-id        = var.subscription_id
            resource-group         = azurerm_resource_group.this.name
            workspace              = azurerm_machine_learning_workspace.this.name
            user-assigned-identity = azurerm_user_assigned_identity.serving.id
          }
        },
        length(var.branches) == 1 ? { branch = var.branches[0] } : {},
      )
    }
  })
}

output "client_ids" {
  description = "The identities by what a job does: plan, release, smoke."
  value       = { for job, identity in azurerm_user_assigned_identity.job : job => identity.client_id }
}

output "workspace" {
  description = "The Azure ML workspace."
  value       = azurerm_machine_learning_workspace.this.name
}
