using Examples.Etcd;
using Pulumi;

return await Deployment.RunAsync(EtcdProgram.Define);
