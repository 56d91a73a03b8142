using Examples.Tenant;
using Pulumi;

return await Deployment.RunAsync(TenantProgram.Define);
