using Standins.Generator;

if (args is not [var facts, var output])
{
    Console.Error.WriteLine("usage: Generator FACTS OUTPUT");
    return 2;
}

var source = Source.Of(FactsFile.Read(facts));
// A file that says the same already keeps its time, so that nothing is compiled again for it.
if (!File.Exists(output) || File.ReadAllText(output) != source)
{
    File.WriteAllText(output, source);
}

return 0;
