using Examples.Shop;
using Pulumi;

return await Deployment.RunAsync(ShopProgram.Define);
