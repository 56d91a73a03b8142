using Standins.Generator;

if (args is not [var facts, var output])
{
    Console.Error.WriteLine("usage: Generator FACTS OUTPUT");
    return 2;
}

try
{
    File.WriteAllText(output, Source.Of(FactsFile.Read(facts)));
    return 0;
}
catch (InvalidDataException error)
{
    Console.Error.WriteLine($"{facts}: error: {error.Message}");
    return 1;
}
